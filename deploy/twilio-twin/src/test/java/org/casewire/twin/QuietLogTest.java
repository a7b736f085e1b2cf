package org.casewire.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.casewire.twin.RunningTwin.HANDSET;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.casewire.twin.WebhookReceiver.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuietLogTest extends TwinTest {

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger root = Logger.getLogger("");
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() throws Exception {
        try (var settings = TwilioTwin.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        }
        Logger.getLogger("org.casewire").setLevel(Level.ALL);
        root.addHandler(listener);
    }

    @AfterEach
    void stopListening() {
        root.removeHandler(listener);
    }

    @Test
    void noTextAndNoNumberIsEverLogged() throws Exception {
        twin.webhooks().answer(_ -> Reply.status(500));
        twin.text(HANDSET, "hush-outbound", "StatusCallback", twin.webhooks().url("/status"));
        twin.text("not-a-number", "hush-refused");
        twin.say(HANDSET, "hush-inbound");
        twin.twin("POST", "/handsets/" + HANDSET + "/messages", "{hush");
        twin.twin("GET", "/handsets/" + HANDSET + "/nothing", "");
        twin.faults("{\"create\":[{\"fault\":\"STATUS\",\"to\":\"" + HANDSET + "\"}]}");
        twin.restart();

        assertThat(logged).isNotEmpty().noneMatch(line -> line.contains("hush") || line.contains("4045550"));
    }
}
