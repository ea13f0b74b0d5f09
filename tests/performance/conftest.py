"""Property tests tell right from wrong, not fast from slow: a busy machine must not fail them."""

from hypothesis import HealthCheck, settings

settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")
