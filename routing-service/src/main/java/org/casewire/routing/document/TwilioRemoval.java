package org.casewire.routing.document;

import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.core5.http.HttpHeaders;
import org.casewire.routing.document.RemovalTable.AtTwilio;
import org.casewire.routing.document.TwilioMedia.Login;
import org.casewire.routing.document.TwilioMedia.Target;
import org.springframework.stereotype.Component;

/** Deletes files at Twilio. */
@Component
class TwilioRemoval {

    private final TwilioMedia media;
    private final MediaClient client;
    private final DocumentProperties settings;

    TwilioRemoval(TwilioMedia media, MediaClient client, DocumentProperties settings) {
        this.media = media;
        this.client = client;
        this.settings = settings;
    }

    /** Whether Twilio has it no more. */
    boolean isGone(AtTwilio removal) {
        return media.judge(removal.site(), removal.url(), removal.account())
                .target()
                .map(this::isGone)
                .orElse(false);
    }

    private boolean isGone(Target target) {
        for (Login login : target.logins()) {
            int status = status(target, login);
            if (status != 401 && status != 403) {
                return status / 100 == 2 || status == 404;
            }
        }
        return false;
    }

    /** Twilio's answer; 0 when there is none. */
    private int status(Target target, Login login) {
        HttpDelete request = new HttpDelete(target.resource());
        request.setHeader(HttpHeaders.AUTHORIZATION, Fetching.basic(login));
        try {
            return client.send(request, target.resource(), Deadline.in(settings.timeout()), answer -> answer.getCode());
        } catch (IOException away) {
            return 0;
        }
    }
}
