package org.casewire.routing;

import org.casewire.routing.rebuild.RebuildCommand;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The routing service, and its command for operators. */
@SpringBootApplication
public class RoutingServiceApplication {

    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(RebuildCommand.NAME)) {
            System.exit(RebuildCommand.run(args, System.out));
        }
        SpringApplication.run(RoutingServiceApplication.class, args);
    }
}
