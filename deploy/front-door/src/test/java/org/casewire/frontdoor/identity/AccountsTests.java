package org.casewire.frontdoor.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class AccountsTests {

    private static final BCryptPasswordEncoder PASSWORDS = new BCryptPasswordEncoder(4);
    private static final String HASH = PASSWORDS.encode("open sesame");

    @ParameterizedTest
    @ValueSource(strings = {"", "{bcrypt}"})
    void aHashIsTakenAsItIs(String prefix) {
        assertThat(accounts(account("maria", prefix + HASH))
                        .loadUserByUsername("maria")
                        .getPassword())
                .isEqualTo(HASH);
    }

    @Test
    void aPlainPasswordIsHashed() {
        String kept = accounts(account("maria", "open sesame"))
                .loadUserByUsername("maria")
                .getPassword();

        assertThat(kept).doesNotContain("sesame");
        assertThat(PASSWORDS.matches("open sesame", kept)).isTrue();
    }

    @Test
    void amongPeopleAMachineIsNobody() {
        Accounts accounts = new Accounts(List.of(), List.of(account("case-app", "secret")), PASSWORDS);

        assertThatThrownBy(() -> accounts.loadUserByUsername("case-app")).isInstanceOf(UsernameNotFoundException.class);
        assertThat(accounts.withId("case-app")).isPresent();
    }

    @Test
    void anIdIsGivenOnce() {
        assertThatThrownBy(() -> accounts(account("maria", "a"), account("maria", "b")))
                .hasMessageContaining("names maria twice");
    }

    @Test
    void aPasswordIsNotSpokenOf() {
        assertThat(account("maria", "open sesame")).asString().doesNotContain("sesame");
    }

    private static Accounts accounts(Account... people) {
        return new Accounts(List.of(people), List.of(), PASSWORDS);
    }

    private static Account account(String id, String password) {
        return new Account(id, null, password, List.of("staff"), List.of("demo"));
    }
}
