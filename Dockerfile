FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv --without-pip /opt/monitor && python -m venv /opt/build
COPY requirements.lock requirements-build.lock ./
# Only wheels, each with its hash: nothing is compiled, nothing unpinned is downloaded.
RUN python -m pip --python /opt/monitor/bin/python install --no-cache-dir --no-compile --no-deps --only-binary :all: --require-hashes -r requirements.lock \
 && /opt/build/bin/python -m pip install --no-cache-dir --no-compile --no-deps --only-binary :all: --require-hashes -r requirements-build.lock
COPY pyproject.toml README.md LICENSE ./
COPY config config
COPY monitor monitor
RUN /opt/build/bin/python -m pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /dist . \
 && python -m pip --python /opt/monitor/bin/python install --no-cache-dir --no-compile --no-deps --no-index /dist/*.whl \
 # The service cannot write here: its bytecode is made now, and holds whatever the files' dates become.
 && /opt/monitor/bin/python -m compileall -q --invalidation-mode unchecked-hash /opt/monitor/lib

FROM python:3.13-slim
LABEL org.opencontainers.image.title="uncac-monitor" \
      org.opencontainers.image.description="Tells anti-corruption campaigners, within hours, that a government has published its UNCAC self-assessment or country report" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /opt/monitor /opt/monitor
# Nothing is installed in a running container, so pip goes. The image has no bytecode of the standard library,
# and its user could not write it: importing the program once leaves what it needs.
RUN python -m pip uninstall --yes --quiet --root-user-action ignore pip \
 && useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin monitor \
 && install -d -o monitor -g monitor /data \
 && /opt/monitor/bin/python -c 'import monitor.service, monitor.making, monitor.serving, monitor.once, monitor.cli'
ENV PATH=/opt/monitor/bin:$PATH \
    MONITOR_STORE__PATH=/data/monitor.json \
    MONITOR_WEB__LISTEN=0.0.0.0:8080 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
WORKDIR /data
VOLUME /data
# The board, read only. Nobody outside reaches it before the port is published: docker run -p 127.0.0.1:8080:8080 ...
EXPOSE 8080
HEALTHCHECK --interval=5m --timeout=20s --start-period=15m --retries=3 CMD ["uncac-monitor", "healthy"]
ENTRYPOINT ["uncac-monitor"]
CMD ["run"]
