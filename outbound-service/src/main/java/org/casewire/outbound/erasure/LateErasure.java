package org.casewire.outbound.erasure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Erases what was still to leave when its recipient's texts were erased, once it is over. */
@Component
class LateErasure {

    private static final Logger log = LoggerFactory.getLogger(LateErasure.class);
    private static final int BATCH = 500;

    private final ErasedTexts texts;

    LateErasure(ErasedTexts texts) {
        this.texts = texts;
    }

    @Scheduled(fixedDelayString = "PT5S")
    void look() {
        try {
            int erased = BATCH;
            while (erased == BATCH) {
                erased = texts.forgetMarked(BATCH);
            }
        } catch (DataAccessException | TransactionException away) {
            log.atWarn()
                    .setCause(away)
                    .log("Erased texts that are over still have their words; trying again in five seconds");
        }
    }
}
