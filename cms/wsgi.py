"""The door for a web server: granian, gunicorn or any other that speaks WSGI."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_wsgi_application()

from cms.checks import refuse_demo_accounts  # noqa: E402 - settings are ready only now

refuse_demo_accounts()
