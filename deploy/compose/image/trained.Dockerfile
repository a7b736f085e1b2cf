# The image of Dockerfile or twin.Dockerfile with app.aot, what its JVM learned while it ran (docs/decisions/013-start.md).
ARG RUNTIME
FROM ${RUNTIME}
COPY app.aot ./
