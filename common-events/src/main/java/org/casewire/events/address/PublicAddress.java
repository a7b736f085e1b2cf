package org.casewire.events.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells addresses everybody can reach from those of a machine, a house or a data centre (IANA's special registries). */
public final class PublicAddress {

    private static final List<Block> NOT_PUBLIC = List.of(
            Block.of("0.0.0.0", 8),
            Block.of("10.0.0.0", 8),
            Block.of("100.64.0.0", 10),
            Block.of("127.0.0.0", 8),
            Block.of("169.254.0.0", 16),
            Block.of("172.16.0.0", 12),
            Block.of("192.0.0.0", 24),
            Block.of("192.0.2.0", 24),
            Block.of("192.88.99.0", 24),
            Block.of("192.168.0.0", 16),
            Block.of("198.18.0.0", 15),
            Block.of("198.51.100.0", 24),
            Block.of("203.0.113.0", 24),
            Block.of("224.0.0.0", 4),
            Block.of("240.0.0.0", 4),
            Block.of("2001::", 23),
            Block.of("2001:db8::", 32),
            Block.of("2002::", 16),
            Block.of("3fff::", 20));

    /** Of IPv6 only this is given out to the public; an IPv4 address in IPv6 clothes lies elsewhere. */
    private static final Block GLOBAL_UNICAST = Block.of("2000::", 3);

    private static final Pattern DOTTED = Pattern.compile("(?:0|[1-9]\\d{0,2})(?:\\.(?:0|[1-9]\\d{0,2})){3}");
    private static final Pattern ENDS_AS_NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][\\da-fA-F]*)\\.?");
    private static final Pattern INTERNAL = Pattern.compile("(?:.*\\.)?(?:localhost|local|internal|home\\.arpa)\\.?");

    private PublicAddress() {}

    private record Block(byte[] start, int bits) {

        static Block of(String start, int bits) {
            return new Block(parsed(start).getAddress(), bits);
        }

        boolean contains(byte[] address) {
            if (address.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (start[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Whether everybody can reach it. */
    public static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return (address instanceof Inet4Address || GLOBAL_UNICAST.contains(bytes))
                && NOT_PUBLIC.stream().noneMatch(block -> block.contains(bytes));
    }

    /** What a host says of itself without asking anybody; empty when only its name's addresses can tell. */
    public static Optional<Boolean> isPublic(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[")) {
            return Optional.of(isPublic(parsed(name.substring(1, name.length() - 1))));
        }
        if (ENDS_AS_NUMBER.matcher(name).matches()) {
            return Optional.of(DOTTED.matcher(name).matches() && isDialled(name));
        }
        return !name.contains(".") || INTERNAL.matcher(name).matches() ? Optional.of(false) : Optional.empty();
    }

    private static boolean isDialled(String dotted) {
        try {
            return isPublic(InetAddress.ofLiteral(dotted));
        } catch (IllegalArgumentException outOfRange) {
            return false;
        }
    }

    private static InetAddress parsed(String literal) {
        try {
            return InetAddress.getByAddress(InetAddress.ofLiteral(literal).getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(literal, impossible);
        }
    }
}
