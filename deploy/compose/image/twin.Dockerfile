# The Twilio twin, from its jar and its libraries (the build context holds app.jar, lib and healthy).
ARG BASE_IMAGE=eclipse-temurin:25-jre
FROM ${BASE_IMAGE}
ARG VERSION=unknown
LABEL org.opencontainers.image.title="Casewire Twilio twin" org.opencontainers.image.version="${VERSION}"
RUN mkdir -p /var/lib/casewire && chown 10001:10001 /var/lib/casewire
WORKDIR /app
COPY healthy /usr/local/bin/healthy
COPY lib ./lib
COPY app.jar ./
USER 10001:10001
ENV JAVA_TOOL_OPTIONS="-XX:+UseSerialGC -XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError"
EXPOSE 8085
HEALTHCHECK --interval=3s --timeout=3s --start-period=60s --retries=5 CMD ["healthy", "8085", "/twin/"]
ENTRYPOINT ["java", "-XX:AOTCache=app.aot", "-jar", "app.jar"]
