package org.casewire.routing.reply;

import org.jspecify.annotations.Nullable;

/** The version of a received text that somebody looked at, as an {@code If-Match} names it. */
record Version(String tag) {

    private static final String ANY = "*";

    static @Nullable Version of(@Nullable String ifMatch) {
        return ifMatch == null || ifMatch.isBlank() ? null : new Version(ifMatch.strip());
    }

    /** What a text's {@code ETag} says. */
    static String tagOf(Reply reply) {
        return "\"" + reply.moved().version() + "\"";
    }

    /** Proxies weaken a tag when they pack an answer; the version is the same. */
    boolean isOf(Reply reply) {
        for (String one : tag.split(",")) {
            String strong = one.strip().startsWith("W/") ? one.strip().substring(2) : one.strip();
            if (strong.equals(ANY) || strong.equals(tagOf(reply))) {
                return true;
            }
        }
        return false;
    }
}
