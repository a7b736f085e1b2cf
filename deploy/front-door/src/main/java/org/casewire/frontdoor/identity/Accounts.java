package org.casewire.frontdoor.identity;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
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
    private final Map<String, String> hashes = new ConcurrentHashMap<>();
    private final Set<String> people = new HashSet<>();
    private final PasswordEncoder passwords;

    Accounts(List<Account> users, List<Account> machines, PasswordEncoder passwords) {
        this.passwords = passwords;
        Stream.concat(users.stream(), machines.stream()).forEach(this::add);
        users.forEach(user -> people.add(user.id()));
    }

    private void add(Account account) {
        if (byId.put(account.id(), account) != null) {
            throw new IllegalStateException(
                    "casewire.identity names " + account.id() + " twice: give every user and machine an id of its own");
        }
    }

    /** Made when first asked for: hashing is slow on purpose, and a start should not be. */
    String hash(Account account) {
        return hashes.computeIfAbsent(account.id(), _ -> hashOf(account));
    }

    private String hashOf(Account account) {
        Matcher hashed = BCRYPT.matcher(account.password());
        return hashed.matches() ? hashed.group(2) : passwords.encode(account.password());
    }

    Optional<Account> withId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public UserDetails loadUserByUsername(String id) {
        Account person = withId(id)
                .filter(account -> people.contains(account.id()))
                .orElseThrow(() -> new UsernameNotFoundException("Nobody has this id"));
        return User.withUsername(id)
                .password(hash(person))
                .authorities(List.of())
                .build();
    }
}
