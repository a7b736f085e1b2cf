package org.casewire.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The ports of the stack, each a fixed distance above the first. */
enum Port {
    FRONT_DOOR(0, "the front door"),
    INGEST(1, "ingest"),
    OUTBOUND(2, "outbound"),
    ROUTING(3, "routing"),
    NOTIFICATION(4, "notification"),
    TWIN(5, "the Twilio twin"),
    KAFKA(6, "Kafka"),
    POSTGRES(7, "PostgreSQL"),
    INGEST_MANAGEMENT(11, "ingest's metrics"),
    OUTBOUND_MANAGEMENT(12, "outbound's metrics"),
    ROUTING_MANAGEMENT(13, "routing's metrics"),
    NOTIFICATION_MANAGEMENT(14, "notification's metrics"),
    FRONT_DOOR_MANAGEMENT(15, "the front door's metrics"),
    KAFKA_CONTROLLER(16, "Kafka's controller");

    static final int HIGHEST_OFFSET = 16;

    private static final int STEP = 100;

    private final int offset;
    private final String user;

    Port(int offset, String user) {
        this.offset = offset;
        this.user = user;
    }

    int above(int basePort) {
        return basePort + offset;
    }

    /** Fails, naming every port that is taken and a place where all are free. */
    static void requireFree(int basePort) {
        List<Port> taken = taken(basePort);
        if (taken.isEmpty()) {
            return;
        }
        String list = taken.stream()
                .map(port -> "  " + port.above(basePort) + " (" + port.user + ")")
                .collect(Collectors.joining("\n"));
        throw new Options.Refused(
                (taken.size() == 1 ? "A port that is needed is taken:\n" : "Ports that are needed are taken:\n")
                        + list + "\nFree " + (taken.size() == 1 ? "it" : "them")
                        + ", or move the whole stack: deploy/local/run --base-port "
                        + freeBasePort(basePort));
    }

    static List<Port> taken(int basePort) {
        return Arrays.stream(values())
                .filter(port -> isTaken(port.above(basePort)))
                .toList();
    }

    private static int freeBasePort(int basePort) {
        int candidate = basePort;
        do {
            candidate += STEP;
            if (candidate + HIGHEST_OFFSET > 65_535) {
                candidate = 1_024 + candidate % STEP;
            }
        } while (!taken(candidate).isEmpty());
        return candidate;
    }

    private static boolean isTaken(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // a connection that just ended does not take a port
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException taken) {
            return true;
        }
    }
}
