package org.casewire.local.demo;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The people of the demo site and the matters they work on, as their case-management system would publish them. */
final class DemoCast {

    private static final String UPDATED_AT = "2026-11-02T14:00:00Z";

    /**
     * A client whose number stands on a case.
     *
     * @param phoneField mobile or home
     */
    record Matter(
            String kind,
            String id,
            String title,
            String clientName,
            String phoneField,
            String phone,
            String beganAt,
            List<Assigned> assigned) {}

    /** @param endsOn the first day on which it no longer holds, or null */
    record Assigned(
            String userId,
            boolean primary,
            String startsOn,
            @org.jspecify.annotations.Nullable String endsOn) {}

    static final List<Matter> MATTERS = List.of(
            new Matter(
                    "CASE",
                    "16E-20010101",
                    "Eviction defense",
                    "Rosa Alvarez",
                    "mobile",
                    "+14045550101",
                    "2026-09-14T13:30:00Z",
                    List.of(
                            new Assigned(DemoSite.STAFF, true, "2026-09-14", null),
                            new Assigned(DemoSite.ADMIN, false, "2026-09-14", "2026-10-31"))),
            new Matter(
                    "CASE",
                    "16E-20010102",
                    "Security deposit",
                    "Rosa Alvarez",
                    "mobile",
                    "(404) 555-0101",
                    "2026-06-03T15:00:00Z",
                    List.of(new Assigned(DemoSite.ADMIN, true, "2026-06-03", null))),
            new Matter(
                    "CASE",
                    "16E-20010103",
                    "Benefits appeal",
                    "Tom Becker",
                    "home",
                    "404-555-0102",
                    "2026-08-20T17:45:00Z",
                    List.of(new Assigned(DemoSite.STAFF, true, "2026-08-20", null))),
            new Matter(
                    "INTAKE",
                    "I-3001",
                    "Wage claim",
                    "Dana Whitfield",
                    "mobile",
                    "+14045550103",
                    "2026-10-19T18:10:00Z",
                    List.of(new Assigned(DemoSite.ADMIN, true, "2026-10-19", null))),
            new Matter(
                    "PRESCREEN",
                    "P-77",
                    "Name change",
                    "Lee Okafor",
                    "mobile",
                    "+14045550104",
                    "2026-10-30T20:00:00Z",
                    List.of(new Assigned(DemoSite.STAFF, true, "2026-10-30", null))));

    private DemoCast() {}

    static List<UpstreamEvent> users() {
        return List.of(
                user(DemoSite.STAFF, "Maria Lopez", "+14045550110", "STAFF"),
                user(DemoSite.ADMIN, "Sam Reed", "+14045550111", "ADMIN"));
    }

    static List<UpstreamEvent> cases() {
        return MATTERS.stream().map(DemoCast::changed).toList();
    }

    private static UpstreamEvent user(String id, String name, String mobile, String role) {
        ObjectNode value = JsonMapper.shared()
                .createObjectNode()
                .put("site", DemoSite.SITE)
                .put("userId", id)
                .put("name", name)
                .put("email", id + "@demo.example")
                .put("mobile", mobile);
        value.putArray("roles").add(role);
        value.put("active", true).put("textingEnabled", true).put("updatedAt", UPDATED_AT);
        return UpstreamEvent.of("UserChanged", value);
    }

    private static UpstreamEvent changed(Matter matter) {
        ObjectNode value = JsonMapper.shared().createObjectNode().put("site", DemoSite.SITE);
        value.putObject("caseRef").put("kind", matter.kind()).put("id", matter.id());
        value.put("title", matter.title()).put("clientName", matter.clientName());
        boolean intake = "INTAKE".equals(matter.kind());
        value.put("openedAt", intake ? null : matter.beganAt());
        value.put("intakeAt", intake ? matter.beganAt() : null);
        ObjectNode phones = value.putObject("phones");
        for (String field : List.of("mobile", "home", "other")) {
            var numbers = phones.putArray(field);
            if (field.equals(matter.phoneField())) {
                numbers.add(matter.phone());
            }
        }
        var assignments = value.putArray("assignments");
        matter.assigned()
                .forEach(assigned -> assignments
                        .addObject()
                        .put("userId", assigned.userId())
                        .put("primary", assigned.primary())
                        .put("startsOn", assigned.startsOn())
                        .put("endsOn", assigned.endsOn()));
        value.putNull("closedAt").put("updatedAt", UPDATED_AT);
        return UpstreamEvent.of("CaseChanged", value);
    }
}
