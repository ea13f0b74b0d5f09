"""Settings for every way the service runs, read from the environment.

Three modes, by ``SLF_MODE``: ``demo`` (what ``make demo`` sets: made-up data, a key kept under
``.local/``), ``test`` and ``production`` (the default: nothing secret has a default).
PostgreSQL and Redis come from ``DATABASE_URL`` and ``REDIS_URL``; when they are not set, from the
embedded servers that ``slf.embedded`` starts.
"""

import json
import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from slf.embedded.addresses import broker_url, cache_url, database_settings, local_secret
from slf.work.schedule import BEAT

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = Path(os.environ.get("SLF_LOCAL_DIR", BASE_DIR / ".local"))
MODE = os.environ.get("SLF_MODE", "production")
DEMO, TESTING = MODE == "demo", MODE == "test"
DEBUG = False


def required(name: str) -> str:
    """Return an environment variable that production cannot start without."""
    if value := os.environ.get(name):
        return value
    if DEMO or TESTING:
        return local_secret(LOCAL_DIR, name)
    message = f"Set {name} in the environment (docs/operating.md lists every setting)."
    raise ImproperlyConfigured(message)


SECRET_KEY = required("SLF_SECRET_KEY")
# Private keys (PEM) that open what devices keep sealed; a demonstration makes its own (slf.drafts.sealing).
DRAFT_KEYS = os.environ.get("SLF_DRAFT_KEYS", "") if DEMO or TESTING else required("SLF_DRAFT_KEYS")
ALLOWED_HOSTS = os.environ.get("SLF_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("SLF_TRUSTED_ORIGINS", "").split(",") if o]
SERVICE_URL = next(iter(CSRF_TRUSTED_ORIGINS), f"http://localhost:{os.environ.get('PORT', '8000')}")
"""Where people open the service, as mail says it."""
SERVICE_NAME = "Supporting Leicestershire Families"

INSTALLED_APPS = [
    "slf.apps.SlfConfig",
    "families.apps.FamiliesConfig",
    "referrals.apps.ReferralsConfig",
    "casework.apps.CaseworkConfig",
    "performance.apps.PerformanceConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "slf.web.static_files.ServedFiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_celery_beat",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "guardian",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "template_partials",
]

STAND_IN_FOR_THE_CLOCK = not TESTING
"""Whether pages look who is late when nobody else does (casework.lone_working)."""

MIDDLEWARE = [
    "casework.lone_working.middleware.StandInMiddleware",
    "slf.web.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "slf.web.middleware.ReadableMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "slf.accounts.middleware.IdleMiddleware",
    "slf.access.middleware.ActingMiddleware",
    "slf.accounts.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "slf.web.kept.KeptMiddleware",
    "slf.web.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "slf.urls"
WSGI_APPLICATION = "slf.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "slf.web.context.service",
            ],
            "builtins": ["slf.web.templatetags.components"],
        },
    }
]
FORM_RENDERER = "slf.web.forms.Renderer"

# The application's role owns nothing and cannot bypass row security; "owner" is for migrations only.
DATABASES = database_settings(os.environ, LOCAL_DIR)
DATABASE_ROUTERS = ["slf.access.routers.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "slf.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ANONYMOUS_USER_NAME = None
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"

STATIC_URL = "static/"
STATIC_ROOT = LOCAL_DIR / "static"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STATICFILES_DIRS = [
    ("govuk", BASE_DIR / "node_modules" / "govuk-frontend" / "dist" / "govuk"),
    ("moj", BASE_DIR / "node_modules" / "@ministryofjustice" / "frontend" / "moj"),
]
MEDIA_ROOT = Path(os.environ.get("SLF_FILES_DIR", LOCAL_DIR / "files"))
SCANNER = os.environ.get("SLF_CLAMD", "") if DEMO or TESTING else required("SLF_CLAMD")
CLAMD = "" if SCANNER == "none" else SCANNER
"""Where the virus scanner listens: a socket (/run/clamav/clamd.ctl), or host:port. Empty: there is none, which in
production somebody has to say: ``SLF_CLAMD=none``."""
CLAMD_SECONDS = float(os.environ.get("SLF_CLAMD_SECONDS", "20"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "slf.web.static_files.HashedFiles"
    },
}

# Demo runs on plain http at localhost; everywhere else cookies are secure and HSTS is on.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not (DEMO or TESTING)
SECURE_HSTS_SECONDS = 0 if DEMO or TESTING else int(timedelta(days=365).total_seconds())
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not (DEMO or TESTING)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("SLF_BEHIND_PROXY") else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_USE_SESSIONS = False
CSRF_COOKIE_AGE = None  # gone with the browser, like the session: a device keeps nothing of who asked for help
CSRF_FAILURE_VIEW = "slf.web.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 * 1024 * 1024

# Signing in (slf.accounts): local accounts with TOTP or passkey, Entra ID over OpenID Connect. docs/signing-in.md
ACCOUNT_ADAPTER = "slf.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "slf.accounts.forms.SignInForm",
    "reauthenticate": "slf.accounts.forms.ReauthenticateForm",
    "change_password": "slf.accounts.forms.ChangePasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if DEMO or TESTING else "https"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
# An office signs in from one address in the same quarter of an hour; a single name still gets 5 tries in 5 minutes.
# Families ask for help from libraries, and from telephones that share an address (referrals.ourselves); so do those who
# open their own page of the plan (casework.own_page).
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/300s/key",
    "reauthenticate": "5/300s/user",
    "refer_ourselves": "20/h/ip",
    "own_page": "120/m/ip,60/m/key",
    "own_page_try": "60/h/ip,15/h/key",
    "calendar": "60/m/ip",
    "at_hand": "120/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("SLF_PROXIES", "1" if os.environ.get("SLF_BEHIND_PROXY") else "0"))
SLF_REQUIRE_MFA = os.environ.get("SLF_REQUIRE_MFA", "0" if DEMO or TESTING else "1") != "0"
MFA_ADAPTER = "slf.accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "slf.accounts.forms.SecondStepForm",
    "reauthenticate": "slf.accounts.forms.ConfirmCodeForm",
    "activate_totp": "slf.accounts.forms.SetUpAppForm",
    "deactivate_totp": "slf.accounts.forms.RemoveAppForm",
    "generate_recovery_codes": "slf.accounts.forms.NewRecoveryCodesForm",
    "add_webauthn": "slf.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "slf.accounts.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or TESTING
SOCIALACCOUNT_ADAPTER = "slf.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: form-action would stop a form that is sent on to the directory
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "entra",
                "name": "Council account",
                "client_id": os.environ["SLF_OIDC_CLIENT_ID"],
                "secret": os.environ["SLF_OIDC_CLIENT_SECRET"],
                "settings": {
                    "server_url": os.environ["SLF_OIDC_SERVER_URL"],
                    "uid_field": os.environ.get("SLF_OIDC_UID_CLAIM", "oid"),
                    "fetch_userinfo": False,
                    "scope": ["openid", "profile"],
                },
            }
        ]
        if os.environ.get("SLF_OIDC_CLIENT_ID")
        else [],
    }
}
# {"<id of a directory group>": {"role": "fsw", "locality": "charnwood"}, ...}; without locality: county-wide
SLF_OIDC_GROUPS = json.loads(os.environ.get("SLF_OIDC_GROUPS", "{}"))
IDLE_MINUTES = float(os.environ.get("SLF_IDLE_MINUTES", "30"))
ABSOLUTE_HOURS = 12

CELERY_BROKER_URL = broker_url(os.environ, LOCAL_DIR)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 3000
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = BEAT
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_TIMEZONE = TIME_ZONE

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": cache_url(os.environ, LOCAL_DIR)}
}
if TESTING:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# A demonstration prints its mail; everywhere else it leaves over SMTP, encrypted unless somebody says "none".
SMTP = "django.core.mail.backends.smtp.EmailBackend"
PRINTED = "django.core.mail.backends.console.EmailBackend"
EMAIL_BACKEND = os.environ.get("SLF_EMAIL_BACKEND") or (PRINTED if DEMO or TESTING else SMTP)
LEAVES = EMAIL_BACKEND == SMTP
EMAIL_HOST = required("SLF_EMAIL_HOST") if LEAVES else "localhost"
EMAIL_SECURITY = os.environ.get("SLF_EMAIL_SECURITY") or "starttls"
if EMAIL_SECURITY not in (MAIL_PORTS := {"starttls": 587, "tls": 465, "none": 25}):
    message = f"SLF_EMAIL_SECURITY is {EMAIL_SECURITY}: it must be starttls, tls or none."
    raise ImproperlyConfigured(message)
EMAIL_PORT = int(os.environ.get("SLF_EMAIL_PORT") or MAIL_PORTS[EMAIL_SECURITY])
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
EMAIL_HOST_USER = os.environ.get("SLF_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SLF_EMAIL_PASSWORD", "")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = required("SLF_FROM_EMAIL") if LEAVES else "no-reply@slf.example"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["slf.accounts.api_session.Session"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PAGINATION_CLASS": "slf.web.api.Pages",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PARSER_CLASSES": [
        "slf.web.reading.Json",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "slf.web.api.problem",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{SERVICE_NAME} API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "NeedEnum": "families.needs.rules.NEEDS.items",
        "AgencyEnum": "families.facts.rules.AGENCIES.items",
        "TeamMemberKindEnum": "casework.around.models.KINDS",
        "ClaimEntryKindEnum": "performance.claims.payments.models.KINDS",
        "ClaimOutcomeEnum": "performance.claims.payments.models.OUTCOME_CHOICES",
        "ReportKindEnum": "performance.reports.kinds.KIND_CHOICES",
        "AuditFoundEnum": "performance.audit.models.FOUND",
        "AuditOpinionEnum": "performance.audit.models.LEVEL_CHOICES",
        "TeamAgencyEnum": "casework.around.models.TEAM_AGENCIES",
        "MeetingPointKindEnum": "casework.meetings.models.POINTS",
        "WrittenPointKindEnum": "casework.meetings.models.WRITTEN_POINTS",
        "MeetingPaperEnum": "casework.meetings.models.PAPERS",
        "ProvisionStateEnum": "casework.provider.models.STATES",
        "WorkEvidenceEnum": "casework.provider.models.EVIDENCE",
        "ProviderContactKindEnum": "casework.provider.models.CONTACT_KINDS",
        "AgreedElsewhereKindEnum": "casework.carried.models.KINDS",
        "HelpKindEnum": "casework.interventions.models.KINDS",
        "ChronologyCopyKindEnum": "casework.copies.models.KINDS",
        "EquivalentStateEnum": "casework.equivalents.models.STATES",
        "CareThenEnum": "casework.stages.models.THENS",
        "CareWayEnum": "casework.stages.models.WAYS",
        "NeedOutcomeEnum": "casework.closing.models.OUTCOMES",
        "CheckStateEnum": "casework.closing.models.CHECK_STATES",
        "CheckStandsEnum": "casework.closing.models.STANDS",
        "CheckConsentEnum": "casework.closing.models.CONSENTS",
        "TaskStateEnum": "casework.tasks.models.STATES",
        "TaskStepEnum": "casework.tasks.models.STEP_CHOICES",
        "BudgetEntryKindEnum": "casework.budget.models.ENTRY_KINDS",
        "ReferralStateEnum": "referrals.intake.models.STATES",
        "VisitKindEnum": "casework.diary.models.KIND_CHOICES",
        "TransferStateEnum": "casework.transfers.models.STATES",
        "AgreedHowEnum": "referrals.triage.api.accepting.AGREED_HOW",
        "MatchAnswerEnum": "referrals.triage.models.MatchQuestion.Answer",
        "RelationshipKindEnum": "families.kin.models.KINDS",
        "ToldHowEnum": "families.shown.models.PartnerTold.How",
        "EnquiryAboutEnum": "referrals.enquiries.models.SUBJECT_CHOICES",
        "InterestKindEnum": "families.interests.models.KIND_CHOICES",
        "NumberKindEnum": "families.numbers.models.KIND_CHOICES",
        "NumberAnswerEnum": "families.numbers.models.ANSWER_CHOICES",
        "ContestKindEnum": "families.contesting.api.KIND_CHOICES",
        "ContestAboutEnum": "families.contesting.api.ABOUT_CHOICES",
        "DecisionEnum": "families.contesting.api.DECISION_CHOICES",
        "SupervisionKindEnum": "casework.supervision.rules.KIND_CHOICES",
        "ConcernDecisionEnum": "casework.safeguarding.rules.DECISION_CHOICES",
        "FactKindEnum": "families.overriding.api.KIND_CHOICES",
        "OverrideOccasionEnum": "families.overriding.api.OCCASION_CHOICES",
        "PurposeEnum": "families.register.models.PURPOSE_CHOICES",
        "StatementGradeEnum": "casework.assessments.api.GRADE_CHOICES",
        "SourceGradeEnum": "families.register.models.GRADE_CHOICES",
    },
}

# The date of the service (slf.clock): the demo stands inside the first national scheme.
SERVICE_DATE = os.environ.get("SLF_SERVICE_DATE", "2014-10-15" if DEMO or TESTING else "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("SLF_LOG_LEVEL", "INFO")},
}
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
