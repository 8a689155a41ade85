"""The portal's user model. The courses know it only as ``settings.AUTH_USER_MODEL``."""
