package org.casewire.twin.ledger;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Twilio's identifiers: two letters and 32 hexadecimal digits. */
public final class Sids {

    private static final HexFormat HEX = HexFormat.of();

    private Sids() {}

    /** A new one. */
    public static String next(String prefix) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return prefix + HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
    }

    /** Always the same one for the same name. */
    public static String of(String prefix, String name) {
        UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return prefix
                + HEX.toHexDigits(uuid.getMostSignificantBits())
                + HEX.toHexDigits(uuid.getLeastSignificantBits());
    }
}
