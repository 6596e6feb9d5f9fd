"""The door for a WSGI server; `paceline serve` opens it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paceline.conf.settings")
application = get_wsgi_application()
