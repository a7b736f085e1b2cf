package org.casewire.twin;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Gives every test a twin of its own. */
abstract class TwinTest {

    RunningTwin twin;

    @BeforeEach
    void startTwin(@TempDir Path folder) throws Exception {
        twin = new RunningTwin(folder);
    }

    @AfterEach
    void stopTwin() {
        twin.close();
    }
}
