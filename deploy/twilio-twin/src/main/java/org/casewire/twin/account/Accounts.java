package org.casewire.twin.account;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The accounts of the configuration file. */
public final class Accounts {

    private static final String BASIC = "Basic ";

    private final Map<String, Account> bySid = new LinkedHashMap<>();

    /** The accounts of these settings. */
    public Accounts(List<AccountSettings> settings) {
        settings.forEach(account -> bySid.put(account.sid(), account.account()));
    }

    /** The account of a SID. */
    public Optional<Account> find(String sid) {
        return Optional.ofNullable(bySid.get(sid));
    }

    /** Whose credentials an Authorization header carries; empty when nobody's. */
    public Optional<Account> authenticate(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        String credentials = decoded(header.substring(BASIC.length()).trim());
        int colon = credentials.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String user = credentials.substring(0, colon);
        String password = credentials.substring(colon + 1);
        return Optional.ofNullable(bySid.get(user))
                .or(() -> bySid.values().stream()
                        .filter(account -> account.knows(user))
                        .findFirst())
                .filter(account -> account.accepts(user, password));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
