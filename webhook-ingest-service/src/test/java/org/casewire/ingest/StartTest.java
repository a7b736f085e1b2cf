package org.casewire.ingest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;

class StartTest {

    @Test
    void withoutItsPublicAddressTheServiceDoesNotStartAndSaysWhatToSet() {
        assertThatThrownBy(() ->
                        SpringApplication.run(IngestApplication.class, "--server.port=0", "--management.server.port=0"))
                .hasStackTraceContaining("casewire.public-base-url is missing");
    }
}
