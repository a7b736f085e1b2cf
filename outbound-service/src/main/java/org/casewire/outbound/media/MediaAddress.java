package org.casewire.outbound.media;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.casewire.events.address.PublicAddress;
import org.jspecify.annotations.Nullable;

/** What can be said of a picture's address as it is written. */
final class MediaAddress {

    static final String NOT_PUBLIC = "does not lie on the public internet, where pictures are fetched from";

    private static final String NOT_HTTPS =
            "is not an address that pictures are fetched from; it must begin with https:// and name a host";
    private static final int LONGEST = 2_000;

    private MediaAddress() {}

    /** The address, or what is wrong with it. */
    record Reading(@Nullable URI address, Optional<String> objection) {

        private static Reading refused(String why) {
            return new Reading(null, Optional.of(why));
        }
    }

    static Reading read(@Nullable String written, MediaProperties settings) {
        if (written == null) {
            return Reading.refused("is missing");
        }
        if (written.length() > LONGEST) {
            return Reading.refused("is longer than the 2,000 characters an address may have");
        }
        try {
            return read(new URI(written), settings);
        } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
            return Reading.refused(NOT_HTTPS);
        }
    }

    private static Reading read(URI address, MediaProperties settings) {
        if (address.getUserInfo() != null) {
            return Reading.refused("holds a user name or password; put the picture where it can be fetched without");
        }
        boolean trusted = settings.trusts(address);
        if (address.getHost() == null || !trusted && !"https".equalsIgnoreCase(address.getScheme())) {
            return Reading.refused(NOT_HTTPS);
        }
        boolean hidden = !trusted && !PublicAddress.isPublic(address.getHost()).orElse(true);
        return hidden ? Reading.refused(NOT_PUBLIC) : new Reading(address, Optional.empty());
    }
}
