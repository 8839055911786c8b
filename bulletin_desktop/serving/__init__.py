"""The web server of a share. Datasette, which it is, is imported only once a share is wanted."""
