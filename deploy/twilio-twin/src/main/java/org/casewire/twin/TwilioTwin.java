package org.casewire.twin;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.logging.LogManager;
import org.casewire.twin.account.AccountSettings;

/** Starts the twin from the command line. */
public final class TwilioTwin {

    private TwilioTwin() {}

    /** Runs until it is told to stop. */
    public static void main(String... arguments) throws IOException {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        long began = System.nanoTime();
        configureLogging();
        // Java's client tries a refused connection twice by itself; here retries are Twilio's.
        System.setProperty("jdk.httpclient.disableRetryConnect", "true");
        try {
            Options options = Options.of(arguments);
            List<AccountSettings> accounts = AccountSettings.read(options.config());
            Twin twin = Twin.start(options, accounts, Clock.systemUTC());
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(twin::close));
            System.out.printf(
                    "Twilio twin ready in %d ms: handsets at %s/twin/%n",
                    (System.nanoTime() - began) / 1_000_000, twin.url());
        } catch (Options.Wrong | AccountSettings.Unusable e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (RuntimeException | IOException e) {
            System.err.println("The twin could not start: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void configureLogging() throws IOException {
        if (System.getProperty("java.util.logging.config.file") == null) {
            try (InputStream settings = TwilioTwin.class.getResourceAsStream("logging.properties")) {
                LogManager.getLogManager().readConfiguration(settings);
            }
        }
    }
}
