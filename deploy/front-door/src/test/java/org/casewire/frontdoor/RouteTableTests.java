package org.casewire.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTests extends RunningFrontDoor {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /twilio/demo/messages                                | ingest
            POST   | /twilio/demo/status?attempt=1                        | ingest
            POST   | /api/sites/demo/sweeps                               | ingest
            GET    | /api/sites/demo/quarantine                           | ingest
            POST   | /api/sites/demo/quarantine/7/replay                  | ingest
            POST   | /api/sites/demo/messages                             | outbound
            POST   | /api/sites/demo/messages/preview                     | outbound
            DELETE | /api/sites/demo/messages/6f1c                        | outbound
            GET    | /api/sites/demo/quick-entries                        | outbound
            GET    | /api/sites/demo/consents/%2B14045550100/ledger       | outbound
            PATCH  | /api/sites/demo/contacts                             | outbound
            GET    | /api/sites/demo/contacts/%2B14045550100              | outbound
            PUT    | /api/sites/demo/senders/%2B14045550100/pause         | outbound
            PUT    | /api/sites/demo                                      | outbound
            GET    | /api/sites                                           | outbound
            GET    | /api/sites/cases                                     | outbound
            GET    | /opt-in/abc.def                                      | outbound
            GET    | /api/sites/demo/cases/CASE/16E-20010101/messages     | routing
            GET    | /api/sites/demo/conversations                        | routing
            GET    | /api/sites/demo/conversations/%2B14045550100         | routing
            GET    | /api/sites/demo/messages-log?direction=IN            | routing
            GET    | /api/sites/demo/received                             | routing
            POST   | /api/sites/demo/received/SM1/assignment              | routing
            POST   | /api/sites/demo/matching/preview                     | routing
            GET    | /api/sites/demo/documents/d1                         | routing
            DELETE | /api/sites/demo/contacts/%2B14045550100/texts        | routing
            GET    | /api/sites/demo/users/maria/alerts                   | notification
            GET    | /api/sites/demo/users/maria/alerts/stream            | notification
            POST   | /api/sites/demo/alerts/a1/dismissal                  | notification
            GET    | /api/sites/demo/reminders                            | notification
            GET    | /                                                    | notification
            GET    | /?code=abc&state=def                                 | notification
            GET    | /home                                                | notification
            GET    | /home/app.js                                         | notification
            GET    | /webjars/preact/preact.js                            | notification
            GET    | /favicon.ico                                         | notification
            GET    | /services/ingest/actuator/health/readiness           | ingest
            GET    | /services/outbound/v3/api-docs                       | outbound
            GET    | /services/routing/v3/api-docs                        | routing
            GET    | /services/notification                               | notification
            """)
    void eachPathReachesItsService(String method, String target, String service) {
        HttpResponse<String> answer = send(request(target).method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(service);
        assertThat(service(service).lastSeen().method()).isEqualTo(method);
    }

    @Test
    void aServicesOwnPathBeginsBehindItsName() {
        get("/services/routing/v3/api-docs?group=a%2Bb");
        assertThat(service("routing").lastSeen().target()).isEqualTo("/v3/api-docs?group=a%2Bb");
        assertThat(service("routing").lastSeen().header("X-Forwarded-Prefix")).isEqualTo("/services/routing");

        get("/services/routing");
        assertThat(service("routing").lastSeen().target()).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/services/unknown/x",
                "/actuator",
                "/actuator/env",
                "/error",
                "/login/x",
                "//api/sites",
                "/services/ingest/../../login",
                "/services/ingest/%2e%2E/x"
            })
    void whatBelongsToNobodyIsAProblemDocument(String target) {
        HttpResponse<String> answer = get(target);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"NOT_FOUND\"");
        assertThat(SERVICES.values()).allMatch(ServiceDouble::sawNothing);
    }

    @Test
    void itsOwnReadinessIsItsOwn() {
        HttpResponse<String> answer = get("/actuator/health/readiness");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"UP\"");
        assertThat(SERVICES.values()).allMatch(ServiceDouble::sawNothing);
    }
}
