package org.casewire.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.casewire.local.demo.DemoSite;

/** What a person is told when everything is up. */
final class Summary {

    private Summary() {}

    static String of(StackDescription stack, Path stackFile, Secrets secrets, Path root, Duration took)
            throws IOException {
        return """

                Everything is ready after %.1f s.

                  Home page       %s/         sign in as %s (staff) with %s
                                                           or as %s (admin) with %s
                  Handsets        %s/twin/    the telephones of the world, in the Twilio twin
                  Kafka           %s
                  PostgreSQL      %s
                  Logs            %s
                  For programs    %s

                The demo site texts from %s. Rosa Alvarez (+14045550101) has two cases, one of maria's and one of sam's;
                Tom Becker (+14045550102) and Lee Okafor (+14045550104) are maria's, Dana Whitfield (+14045550103) is sam's.

                Three things to try
                """.formatted(
                                took.toMillis() / 1000.0,
                                stack.frontDoor(),
                                DemoSite.STAFF,
                                secrets.signInPassword(DemoSite.STAFF),
                                DemoSite.ADMIN,
                                secrets.signInPassword(DemoSite.ADMIN),
                                stack.twilio().url(),
                                stack.kafka(),
                                stack.postgres().url(),
                                stack.logs(),
                                stackFile,
                                DemoSite.NUMBER)
                + thingsToTry(stack, stackFile, root)
                + "\nCtrl-C stops everything.";
    }

    private static String thingsToTry(StackDescription stack, Path stackFile, Path root) {
        return """

                1. Send a text over HTTP, and see it on Rosa's telephone at %2$s/twin/ (twice is still one text):

                curl -s %1$s/api/sites/demo/messages \\
                  -H "Authorization: Bearer $(sed -n 's/.*"staff" : "\\(ey.*\\)".*/\\1/p' '%3$s')" \\
                  -H 'Content-Type: application/json' \\
                  -d '{"messageId":"%5$s","to":"+14045550101","body":"Your hearing is on Tuesday at 9:30.","caseRef":{"kind":"CASE","id":"16E-20010101"}}'

                2. Ask for one through Kafka, as an upstream application does:

                '%4$s/deploy/local/publish' --stack '%3$s' SendRequested \\
                  '{"site":"demo","messageId":"%6$s","to":"+14045550104","body":"Please bring your papers.","caseRef":{"kind":"PRESCREEN","id":"P-77"}}'

                3. Sign in at %1$s/ as maria, answer from Rosa's telephone, and watch the alert appear:

                curl -s %2$s/twin/handsets/+14045550101/messages \\
                  -H 'Content-Type: application/json' -d '{"to":"%7$s","body":"Thank you, I will be there."}'
                """.formatted(
                        stack.frontDoor(),
                        stack.twilio().url(),
                        stackFile,
                        root,
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        DemoSite.NUMBER);
    }
}
