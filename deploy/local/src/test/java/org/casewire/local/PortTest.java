package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PortTest {

    @Test
    void thePortsAreWhereTheContractPutsThem() {
        assertThat(new Addresses(8080).frontDoor()).isEqualTo("http://127.0.0.1:8080");
        assertThat(new Addresses(8080).of(Service.NOTIFICATION)).isEqualTo("http://127.0.0.1:8084");
        assertThat(new Addresses(8080).twin()).isEqualTo("http://127.0.0.1:8085");
        assertThat(Port.KAFKA.above(8080)).isEqualTo(8086);
        assertThat(Port.POSTGRES.above(8080)).isEqualTo(8087);
    }

    @Test
    void aTakenPortIsNamedWithItsUserAndTheWayOut() throws IOException {
        int base = FreePorts.base();
        try (ServerSocket ignored = new ServerSocket(Port.ROUTING.above(base), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Port.requireFree(base))
                    .isInstanceOf(Options.Refused.class)
                    .hasMessageContaining(Port.ROUTING.above(base) + " (routing)")
                    .hasMessageContaining("deploy/local/run --base-port ")
                    .satisfies(refused -> assertThatCode(() -> Port.requireFree(suggested(refused.getMessage())))
                            .doesNotThrowAnyException());
        }
    }

    @Test
    void aPortTakenOnEveryAddressIsTakenHereToo() throws IOException {
        int base = FreePorts.base();
        try (ServerSocket ignored = new ServerSocket(Port.KAFKA.above(base))) {
            assertThat(Port.taken(base)).containsExactly(Port.KAFKA);
        }
    }

    private static int suggested(String message) {
        Matcher option = Pattern.compile("--base-port (\\d+)").matcher(message);
        assertThat(option.find()).isTrue();
        return Integer.parseInt(option.group(1));
    }
}
