# The operator's commands (the build context holds app.jar, lib and the scripts): it waits to be asked.
ARG BASE_IMAGE=eclipse-temurin:25-jre
FROM ${BASE_IMAGE}
ARG VERSION=unknown
LABEL org.opencontainers.image.title="Casewire operator's commands" org.opencontainers.image.version="${VERSION}"
WORKDIR /app
COPY lib ./lib
COPY app.jar launch dead-letters backlog pause reconcile rewind ./
USER 10001:10001
ENV PATH="/app:${PATH}"
CMD ["sleep", "infinity"]
