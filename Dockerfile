# One image for web, workers, clock and migrations; docker-compose.yml says which is which.

FROM node:24-slim AS pages
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci

FROM python:3.11-slim AS packages
COPY requirements/base.txt /tmp/base.txt
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r /tmp/base.txt

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /srv/slf --shell /usr/sbin/nologin slf \
    && install -d -o slf -g slf /srv/files
WORKDIR /srv/slf
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=slf.settings \
    SLF_MODE=production \
    SLF_LOCAL_DIR=/srv/local \
    SLF_FILES_DIR=/srv/files
COPY --from=packages /venv /venv
COPY --from=pages /src/node_modules node_modules
COPY manage.py ./
COPY docker/healthy.py docker/healthy.py
COPY templates templates
COPY slf slf
COPY families families
COPY referrals referrals
COPY casework casework
COPY performance performance
# Needs settings, not servers: the key and the addresses are for this line only.
RUN SLF_SECRET_KEY=for-this-line-only SLF_DRAFT_KEYS=none SLF_CLAMD=none SLF_EMAIL_HOST=nowhere SLF_FROM_EMAIL=nobody@nowhere.example DATABASE_URL=postgres://nobody@nowhere/none REDIS_URL=redis://nowhere \
    python manage.py collectstatic --noinput --verbosity 0 && rm -rf node_modules
USER slf
EXPOSE 8000
VOLUME /srv/files
CMD ["gunicorn", "slf.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "4", "--threads", "4", \
     "--graceful-timeout", "30", "--max-requests", "5000", "--max-requests-jitter", "500", "--no-control-socket", \
     "--worker-tmp-dir", "/dev/shm"]
