FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv --without-pip /opt/monitor && python -m venv /opt/build
COPY requirements.lock requirements-build.lock ./
# Only wheels, each with its hash: nothing is compiled, nothing unpinned is downloaded.
RUN python -m pip --python /opt/monitor/bin/python install --disable-pip-version-check --no-cache-dir --no-compile --no-deps --only-binary :all: --require-hashes -r requirements.lock \
 && /opt/build/bin/python -m pip install --disable-pip-version-check --no-cache-dir --no-compile --no-deps --only-binary :all: --require-hashes -r requirements-build.lock
COPY pyproject.toml README.md LICENSE ./
COPY config config
COPY monitor monitor
RUN /opt/build/bin/python -m pip wheel --disable-pip-version-check --no-cache-dir --no-deps --no-build-isolation --wheel-dir /dist . \
 && python -m pip --python /opt/monitor/bin/python install --disable-pip-version-check --no-cache-dir --no-compile --no-deps --no-index /dist/*.whl
WORKDIR /opt/monitor/lib/python3.13/site-packages/babel/locale-data
# A third of all that was installed is how some 700 languages write dates and numbers. English and every language that
# the monitor has a catalog for stay, with their variants and the root of all: nobody can choose another one.
RUN mkdir /kept \
 && for language in en $(find ../../monitor/locale -name '*.po' -exec basename {} .po ';'); do \
      find . '(' -name "$language.dat" -o -name "${language}_*.dat" ')' -exec mv -t /kept {} + ; \
    done \
 && mv root.dat /kept \
 && find . -name '*.dat' -delete \
 && mv /kept/*.dat .
# Tests of a package, and stubs for type checkers, are for nobody here. The service cannot write in its image: its bytecode
# is made now, and holds whatever the files' dates become.
RUN rm -rf ../../certifi/tests \
 && find /opt/monitor/lib -name '*.pyi' -delete \
 && /opt/monitor/bin/python -m compileall -q --invalidation-mode unchecked-hash /opt/monitor/lib

FROM python:3.13-slim
# What is built, by whom and when, is known to who builds: docker build --build-arg REVISION=$(git rev-parse HEAD) ...
ARG VERSION="" REVISION="" CREATED="" SOURCE="" DOCUMENTATION=""
LABEL org.opencontainers.image.title="uncac-monitor" \
      org.opencontainers.image.description="Tells anti-corruption campaigners, within hours, that a government has published its UNCAC self-assessment or country report" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.base.name="docker.io/library/python:3.13-slim" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.created="$CREATED" \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.documentation="$DOCUMENTATION"
COPY --from=build /opt/monitor /opt/monitor
# Nothing is installed in a running container, so pip goes. The image has no bytecode of the standard library,
# and its user could not write it: importing the program once leaves what it needs.
RUN python -m pip uninstall --yes --quiet --root-user-action ignore pip \
 && useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin monitor \
 && install -d -o monitor -g monitor /data \
 && /opt/monitor/bin/python -c 'import monitor.service, monitor.making, monitor.serving, monitor.signalling, monitor.once, monitor.cli, monitor.telegram.bot, monitor.telegram.sender, monitor.evidence.pdf, pypdf, encodings.idna'
ENV PATH=/opt/monitor/bin:$PATH \
    MONITOR_STORE__PATH=/data/monitor.json \
    MONITOR_WEB__LISTEN=0.0.0.0:8080 \
    MONITOR_SIGNALS__LISTEN=0.0.0.0:9464 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
WORKDIR /data
VOLUME /data
# The board, and health and metrics for machines that watch this one. Nobody outside reaches either before its port is
# published: docker run -p 127.0.0.1:8080:8080 ...
EXPOSE 8080 9464
HEALTHCHECK --interval=5m --timeout=20s --start-period=15m --retries=3 CMD ["uncac-monitor", "healthy"]
ENTRYPOINT ["uncac-monitor"]
CMD ["run"]
