"""How Kåring is put together: settings, addresses, the WSGI application."""
