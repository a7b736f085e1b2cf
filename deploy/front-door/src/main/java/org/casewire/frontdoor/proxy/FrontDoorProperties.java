package org.casewire.frontdoor.proxy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the services are.
 *
 * @param services the base address of each service, such as {@code http://127.0.0.1:8081}
 * @param connectTimeout how long a service may take to accept a connection
 * @param answerTimeout how long a service may take to begin its answer; the answer itself may take as long as it likes
 * @param mostAtOnce how many requests and streams may be open at once; as many as the heap holds unless said otherwise
 */
@ConfigurationProperties("casewire.front-door")
record FrontDoorProperties(
        @Nullable Map<Service, URI> services,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("60s") Duration answerTimeout,
        @Nullable Integer mostAtOnce) {

    private static final long HEAP_OF_ITS_OWN = 56L << 20;
    private static final long HEAP_OF_A_STREAM = 128L << 10;
    private static final int FEWEST = 64;

    /** Virtual threads set no limit, so this does: a refused request is better than a heap that is full. */
    int places() {
        if (mostAtOnce != null) {
            return mostAtOnce;
        }
        long free = Runtime.getRuntime().maxMemory() - HEAP_OF_ITS_OWN;
        return Math.clamp(free / HEAP_OF_A_STREAM, FEWEST, Integer.MAX_VALUE);
    }

    /** The address of a service, without a slash at its end. */
    String baseOf(Service service) {
        URI base = services == null ? null : services.get(service);
        if (base == null || base.getHost() == null || base.getRawQuery() != null) {
            throw new IllegalStateException("casewire.front-door.services." + service.label()
                    + " is missing or no address: give the base URL of the service, such as http://127.0.0.1:8081");
        }
        String text = base.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
