package org.casewire.twin.webhook;

import java.net.URI;
import java.util.Optional;

/**
 * Calls one origin at another one. Where the twin and the services run in containers, the public address that webhooks
 * are signed for leads the twin to itself; on the real Twilio's side of the network it would lead to the front door.
 *
 * @param from scheme, host and port of an address as it is signed
 * @param to where it is called instead
 */
public record Detour(String from, String to) {

    /** Reads {@code ORIGIN=ORIGIN}; empty when it is not that. */
    public static Optional<Detour> parse(String text) {
        String[] origins = text.split("=", -1);
        return origins.length == 2 && isOrigin(origins[0]) && isOrigin(origins[1])
                ? Optional.of(new Detour(origins[0], origins[1]))
                : Optional.empty();
    }

    private static boolean isOrigin(String text) {
        return text.matches("https?://[^/?#@=]+");
    }

    URI of(URI target) {
        String address = target.toString();
        boolean leadsThere = address.equals(from) || address.startsWith(from + "/") || address.startsWith(from + "?");
        return leadsThere ? URI.create(to + address.substring(from.length())) : target;
    }
}
