package org.casewire.events.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class WorkerTest {

    private static final String TROUBLE = "The sample waits; trying again";

    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicInteger rests = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Fails three times, works once, fails once, and waits then for more work than will ever come. */
    private final Worker worker = new Worker("sample", TROUBLE) {

        @Override
        protected void turn() throws InterruptedException {
            int turn = turns.incrementAndGet();
            if (turn <= 3 || turn == 5) {
                throw new IllegalStateException("away");
            }
            if (turn == 6) {
                try {
                    new CountDownLatch(1).await();
                } finally {
                    ended.countDown();
                }
            }
        }

        @Override
        protected void rest() {
            rests.incrementAndGet();
        }
    };

    @Test
    void aTurnThatFailsIsTriedAgainAndTheFirstOfARowIsTold(CapturedOutput output) throws Exception {
        worker.start();
        assertThat(worker.isRunning()).isTrue();
        await().until(() -> turns.get() == 6);
        assertThat(rests).hasValue(4);
        assertThat(output.toString().split(TROUBLE, -1)).hasSize(1 + 2);

        worker.stop();
        assertThat(worker.isRunning()).isFalse();
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(turns).hasValue(6);
    }
}
