package org.casewire.routing.matching;

/** One step of a search: what it looks at. The first step that finds something ends the search. */
enum Step {
    OUTBOUND(Rule.OUTBOUND),
    OPENED(Rule.OPENED),
    INTAKE(Rule.INTAKE);

    private final Rule rule;

    Step(Rule rule) {
        this.rule = rule;
    }

    Rule rule() {
        return rule;
    }
}
