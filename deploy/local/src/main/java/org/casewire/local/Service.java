package org.casewire.local;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The four services. */
enum Service {
    INGEST("webhook-ingest-service", Port.INGEST, Port.INGEST_MANAGEMENT, null),
    OUTBOUND("outbound-service", Port.OUTBOUND, Port.OUTBOUND_MANAGEMENT, "casewire_outbound"),
    ROUTING("routing-service", Port.ROUTING, Port.ROUTING_MANAGEMENT, "casewire_routing"),
    NOTIFICATION("notification-service", Port.NOTIFICATION, Port.NOTIFICATION_MANAGEMENT, "casewire_notification");

    final String module;
    final Port port;
    final Port managementPort;
    final @Nullable String database;

    Service(String module, Port port, Port managementPort, @Nullable String database) {
        this.module = module;
        this.port = port;
        this.managementPort = managementPort;
        this.database = database;
    }

    /** The short name that people, log files and the stack's description use. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
