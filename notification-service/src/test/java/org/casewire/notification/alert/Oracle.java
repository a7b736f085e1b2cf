package org.casewire.notification.alert;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.casewire.events.CaseEvent.Assignment;
import org.casewire.events.CaseRef;

/** A naive reading of the rules of alerts, in memory: what a site's people should see. */
final class Oracle {

    private final Map<CaseRef, List<Assignment>> assignments = new HashMap<>();
    private final Map<String, Map<CaseRef, Alert>> texts = new LinkedHashMap<>();
    private final Map<String, Set<String>> told = new HashMap<>();
    private final Set<Alert> all = new HashSet<>();
    private ZoneId zone = ZoneId.of("UTC");
    private boolean primaryOnly = true;

    /** An alert; raised is false where nobody was there for it. */
    static final class Alert {
        private final String name;
        private final boolean raised;
        private String dismissedBy = "";

        private Alert(String name, boolean raised) {
            this.name = name;
            this.raised = raised;
        }

        boolean stands() {
            return raised && dismissedBy.isEmpty();
        }

        boolean wasRaised() {
            return raised;
        }

        String dismissedBy() {
            return dismissedBy;
        }
    }

    void settings(ZoneId zone, boolean primaryOnly) {
        this.zone = zone;
        this.primaryOnly = primaryOnly;
    }

    void assigns(CaseRef caseRef, List<Assignment> now) {
        assignments.put(caseRef, now);
    }

    private boolean isCurrent(Assignment one) {
        LocalDate today = LocalDate.now(zone);
        return (one.startsOn() == null || one.startsOn().compareTo(today) <= 0)
                && (one.endsOn() == null || one.endsOn().compareTo(today) > 0);
    }

    boolean sees(String user, CaseRef caseRef) {
        return assignments.getOrDefault(caseRef, List.of()).stream()
                .anyMatch(one -> one.userId().equals(user) && (one.primary() || !primaryOnly) && isCurrent(one));
    }

    /** The text stands on these cases now, whether it was filed or moved. */
    void stands(String sid, Set<CaseRef> cases) {
        Map<CaseRef, Alert> before = texts.getOrDefault(sid, Map.of());
        Map<CaseRef, Alert> now = new LinkedHashMap<>();
        for (CaseRef caseRef : cases) {
            now.put(caseRef, before.containsKey(caseRef) ? before.get(caseRef) : raise(sid, caseRef));
        }
        before.forEach((caseRef, alert) -> {
            if (!now.containsKey(caseRef) && alert.stands()) {
                alert.dismissedBy = "casewire";
            }
        });
        texts.put(sid, now);
    }

    private Alert raise(String sid, CaseRef caseRef) {
        List<Assignment> held = assignments.getOrDefault(caseRef, List.of());
        Alert alert = new Alert(sid + "|" + caseRef, held.stream().anyMatch(this::isCurrent));
        if (alert.raised) {
            all.add(alert);
            held.stream()
                    .map(Assignment::userId)
                    .filter(user -> sees(user, caseRef))
                    .forEach(user ->
                            told.computeIfAbsent(user, _ -> new TreeSet<>()).add(alert.name));
        }
        return alert;
    }

    Alert alert(String sid, CaseRef caseRef) {
        return texts.get(sid).get(caseRef);
    }

    void dismisses(Alert alert, String user) {
        alert.dismissedBy = user;
    }

    Set<String> sids() {
        return texts.keySet();
    }

    List<CaseRef> casesOf(String sid) {
        return new ArrayList<>(texts.get(sid).keySet());
    }

    /** How often an alert of that text on that case was raised. */
    long raisedAs(String name) {
        return all.stream().filter(alert -> alert.name.equals(name)).count();
    }

    /** What the user's list holds, each as SID and case. */
    Set<String> visible(String user) {
        return texts.values().stream()
                .flatMap(alerts -> alerts.entrySet().stream())
                .filter(entry -> entry.getValue().stands() && sees(user, entry.getKey()))
                .map(entry -> entry.getValue().name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What an open stream of the user was told of. */
    Set<String> told(String user) {
        return told.getOrDefault(user, Set.of());
    }

    long raised() {
        return all.size();
    }

    long dismissed() {
        return all.stream().filter(alert -> !alert.stands()).count();
    }
}
