"""From a folder to a Cluster: what a sound pack gives, and that no folder whatever gives a traceback."""

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from cluster_data.input.faults import Fault
from cluster_data.input.read import BadPack, fingerprint, read_cluster
from cluster_data.model.tables import TABLES
from tests import home
from tests.packs import FEW, PACK, TODAY, edit, write_pack

pytestmark = pytest.mark.slow

FILES = sorted(path.name for path in PACK.iterdir())


def test_a_sound_pack_gives_its_tables():
    cluster = read_cluster(PACK, TODAY)
    assert cluster.pack.region == "Northmark"
    assert cluster.pack.headline_indicators == ("added_output_2030", "jobs_2030", "jobs")
    assert list(cluster.tables) == list(TABLES)
    firms = cluster.table("companies")
    assert firms.index.tolist() == list(range(12))
    assert firms.loc[4, "name"] == 'Test Firm E "The Quoted" & <b>Sons</b>'
    assert firms.loc[4, "note"] == "A note of two lines:\nthis is the second"
    assert firms.loc[6, "name"] == "شركة الاختبار (Test Firm G)"
    assert cluster.geojson("boundaries")["features"][3]["properties"]["name"] == "Dunmere"


def test_columns_have_the_types_of_their_schema():
    kinds = read_cluster(PACK, TODAY).table("companies").dtypes.astype(str)
    assert kinds[["name", "employees", "lat", "company_number"]].tolist() == ["str", "Int64", "float64", "str"]
    assert read_cluster(PACK, TODAY).table("companies").loc[0, "company_number"] == "00000001"


def test_every_table_of_the_invented_pack_has_rows():
    assert all(len(rows) for rows in read_cluster(PACK, TODAY).tables.values())


def test_the_pack_that_comes_with_the_dashboard_is_sound():
    cluster = read_cluster(home.HOME, home.TODAY)
    for name, model in TABLES.items():
        model.to_schema().validate(cluster.table(name))


def test_a_pack_whose_vocabulary_still_says_sort_reads_as_before(tmp_path):
    folder = write_pack(tmp_path, vocabulary=lambda text: text.replace("\nrecord_type,", "\nsort,"))
    assert "sort" in (folder / "vocabulary.csv").read_text(encoding="utf-8")
    former, now = read_cluster(folder, TODAY), read_cluster(PACK, TODAY)
    for name in TABLES:
        pd.testing.assert_frame_equal(former.table(name), now.table(name))


def test_a_bad_pack_tells_all_its_faults(tmp_path):
    folder = write_pack(tmp_path, events=None, companies=edit("test-firm-a", employees="-3", name=""))
    with pytest.raises(BadPack) as bad:
        read_cluster(folder, TODAY)
    assert [fault.file for fault in bad.value.faults] == ["companies.csv", "companies.csv", "events.csv"]
    assert bad.value.faults[0] == Fault(
        file="companies.csv",
        line=2,
        column="employees",
        value="-3",
        says="-3 is below 0.",
        advice="Correct it, or leave it empty if it is not known.",
    )
    assert str(bad.value).splitlines() == [str(fault) for fault in bad.value.faults]


@pytest.mark.parametrize("path", ["nowhere", "file"])
def test_a_folder_that_is_none_is_a_bad_pack(tmp_path, path):
    (tmp_path / "file").touch()
    with pytest.raises(BadPack) as bad:
        read_cluster(tmp_path / path, TODAY)
    spared = {
        f"{name}.csv" for name, model in TABLES.items() if getattr(model.Config, "metadata", {}).get("may_be_missing")
    }
    assert [fault.file for fault in bad.value.faults] == [name for name in FILES if name not in spared]


def test_the_fingerprint_changes_with_any_file(tmp_path):
    folder = write_pack(tmp_path)
    seen = {fingerprint(folder)}
    for name in FILES:
        about = (folder / name).stat()
        os.utime(folder / name, ns=(about.st_atime_ns, about.st_mtime_ns + 1))
        seen.add(fingerprint(folder))
    (folder / "events.csv").unlink()
    seen.add(fingerprint(folder))
    assert len(seen) == len(FILES) + 2
    assert fingerprint(folder) == fingerprint(folder)
    assert fingerprint(folder / "nowhere") == ""


# ---- properties -----------------------------------------------------------

SCRAPS = [b'"', b"\n", b"\r", b",", b";", b"\0", b"\xff", b"\xed\xa0\x80", b"9" * 400, b"1e99", b"-", b"@a.b"]
SCRAPS += [b"nan", b"inf", b"[", b"]", b"{", b"}", b'"\\ud800"', b"null", b"=", "\u2028".encode(), "🦾".encode()]
PATCHES = some.lists(some.tuples(some.floats(0, 1), some.integers(0, 40), some.sampled_from(SCRAPS)), max_size=6)


@pytest.fixture(scope="module")
def spare(tmp_path_factory) -> Path:
    return write_pack(tmp_path_factory.mktemp("spare"))


def cluster_or_faults(folder: Path) -> None:
    try:
        cluster = read_cluster(folder, TODAY)
    except BadPack as bad:
        assert bad.faults
        assert all(fault.file in FILES and fault.says and fault.advice for fault in bad.faults)
    else:
        assert all(isinstance(rows, pd.DataFrame) for rows in cluster.tables.values())


@FEW
@given(name=some.sampled_from(FILES), data=some.binary(max_size=200))
def test_any_bytes_in_any_file_give_a_cluster_or_faults(spare, name, data):
    (spare / name).write_bytes(data)
    cluster_or_faults(spare)
    shutil.copy(PACK / name, spare / name)


@FEW
@given(name=some.sampled_from(FILES), patches=PATCHES)
def test_any_damage_to_any_file_gives_a_cluster_or_faults(spare, name, patches):
    data = (PACK / name).read_bytes()
    for where, length, scrap in patches:
        start = int(where * len(data))
        data = data[:start] + scrap + data[start + length :]
    (spare / name).write_bytes(data)
    cluster_or_faults(spare)
    shutil.copy(PACK / name, spare / name)


def test_a_limit_that_names_no_area_is_left_out(tmp_path):
    limit = '\n[[limits]]\ntext = "Firms in {thinly_covered} are few."\n'
    about = (PACK / "pack.toml").read_text(encoding="utf-8")
    thin = read_cluster(write_pack(tmp_path / "a", pack=lambda text: text + limit), TODAY)
    assert "Firms in Dunmere are few." in thin.pack.limits
    bare = about.replace('thinly_covered = ["X00000004"]', "thinly_covered = []") + limit
    none = read_cluster(write_pack(tmp_path / "b", pack=lambda _: bare), TODAY)
    assert thin.pack.limits == (*none.pack.limits, "Firms in Dunmere are few.")
