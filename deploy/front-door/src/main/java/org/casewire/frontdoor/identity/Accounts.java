package org.casewire.frontdoor.identity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Everybody the configuration names. */
final class Accounts implements UserDetailsService {

    private static final Pattern BCRYPT = Pattern.compile("(\\{bcrypt})?(\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53})");

    private final Map<String, Account> byId = new LinkedHashMap<>();
    private final Map<String, String> passwordHashes = new LinkedHashMap<>();
    private final PasswordEncoder passwords;

    Accounts(List<Account> users, List<Account> machines, PasswordEncoder passwords) {
        this.passwords = passwords;
        Stream.concat(users.stream(), machines.stream()).forEach(this::add);
        users.forEach(user -> passwordHashes.put(user.id(), hash(user)));
    }

    private void add(Account account) {
        if (byId.put(account.id(), account) != null) {
            throw new IllegalStateException(
                    "casewire.identity names " + account.id() + " twice: give every user and machine an id of its own");
        }
    }

    String hash(Account account) {
        var hashed = BCRYPT.matcher(account.password());
        return hashed.matches() ? hashed.group(2) : passwords.encode(account.password());
    }

    Optional<Account> withId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public UserDetails loadUserByUsername(String id) {
        String hash = passwordHashes.get(id);
        if (hash == null) {
            throw new UsernameNotFoundException("Nobody has this id");
        }
        return User.withUsername(id).password(hash).authorities(List.of()).build();
    }
}
