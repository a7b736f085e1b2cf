package org.casewire.outbound.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AccountPaceTest {

    private static final String ACCOUNT = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String OTHER = "ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    private final AccountPace pace =
            new AccountPace(new Binder(new MapConfigurationPropertySource(Map.of("a.in-flight-per-account", "60")))
                    .bindOrCreate("a", DispatchProperties.class));

    private void calls(int times, boolean busy) {
        IntStream.range(0, times).forEach(call -> {
            pace.begun(ACCOUNT);
            pace.ended(ACCOUNT, busy);
        });
    }

    @Test
    void anAccountBearsSoManyCallsAtOnceAsIsSet() {
        assertThat(pace.free(ACCOUNT)).isEqualTo(60);
        pace.begun(ACCOUNT);
        assertThat(pace.free(ACCOUNT)).isEqualTo(59);
        pace.ended(ACCOUNT, false);
        assertThat(pace.free(ACCOUNT)).isEqualTo(60);
    }

    @Test
    void aTooManyRequestsTakesAThirdAwayFromThatAccountOnly() {
        calls(1, true);
        assertThat(pace.free(ACCOUNT)).isEqualTo(40);
        assertThat(pace.free(OTHER)).isEqualTo(60);
    }

    @Test
    void aStormOfThemLeavesOneCallSoThatItIsSeenWhenItEnds() {
        calls(100, true);
        assertThat(pace.free(ACCOUNT)).isEqualTo(1);
    }

    @Test
    void answersGiveItBackLittleByLittleAndNoMoreThanIsSet() {
        calls(1, true);
        calls(20, false);
        assertThat(pace.free(ACCOUNT)).isEqualTo(40);
        calls(25, false);
        assertThat(pace.free(ACCOUNT)).isEqualTo(41);
        calls(5_000, false);
        assertThat(pace.free(ACCOUNT)).isEqualTo(60);
    }
}
