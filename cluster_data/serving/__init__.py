"""The dashboard over HTTP: settings, headers, guard, static files, previews of links and health. No Streamlit here."""
