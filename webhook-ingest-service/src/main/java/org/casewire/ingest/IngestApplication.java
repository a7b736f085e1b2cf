package org.casewire.ingest;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service Twilio calls. */
@SpringBootApplication
public class IngestApplication {

    /** Starts the service. */
    public static void main(String[] arguments) {
        SpringApplication.run(IngestApplication.class, arguments);
    }
}
