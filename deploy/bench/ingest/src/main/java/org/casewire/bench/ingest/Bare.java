package org.casewire.bench.ingest;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What Spring Boot can do on this machine when it does nothing: reads the form and answers 204. */
@SpringBootApplication
public class Bare {

    public static void main(String[] arguments) {
        SpringApplication.run(Bare.class, arguments);
    }

    /** The same address as ours. */
    @RestController
    static class Endpoint {

        @PostMapping("/twilio/{site}/status")
        ResponseEntity<Void> status(@PathVariable String site, HttpServletRequest request) throws IOException {
            request.getInputStream().readAllBytes();
            return ResponseEntity.noContent().build();
        }
    }
}
