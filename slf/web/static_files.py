"""Which files of the packages are served: what pages load, not the sources they were made from."""

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


class ServedFiles(StaticFilesConfig):
    """Collects a tenth of what the packages bring: compressing the rest would take longer than all before it."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *("*.map", "*.mjs", "*.bundle.js", "*.scss", "*.njk", "*.md", "*.html"),
        *("fixtures.json", "macro-options.json", "redoc", "rest_framework"),
    ]


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Names files after their content and compresses them; leaves links to source maps, which are not served, alone."""

    patterns = tuple(
        (glob, tuple(found for found in patterns if "sourceMappingURL" not in str(found)))
        for glob, patterns in CompressedManifestStaticFilesStorage.patterns
    )
