package org.casewire.local.demo;

/** The site of the local stack. */
public final class DemoSite {

    public static final String SITE = "demo";

    /** The number clients text to. */
    public static final String NUMBER = "+14045550199";

    public static final String STAFF = "maria";
    public static final String ADMIN = "sam";

    /** The application that publishes the cases. */
    public static final String UPSTREAM = "demo-upstream";

    private DemoSite() {}

    /** The operator's file that seeds the sites. */
    public static String sitesFile() {
        return """
                sites:
                  - site: %s
                    displayName: Demo Legal Aid
                    region: US
                    timeZone: America/New_York
                    senders:
                      - number: "%s"
                        kind: LONG_CODE
                        ratePerSecond: 1
                    matching: MOST_RECENT_OUTBOUND
                    consentPolicy: IMPLIED
                    quietHours: []
                    reminders:
                      attendees: true
                      clients: false
                    alerts: PRIMARY
                    textResponse: null
                    quickEntries:
                      come-in: "Please come to our office on {day} at {time}. Bring your papers."
                      call-us: "Please call {name} at {phone} when you have a moment."
                      documents: "We still need from you: {documents}. A photo by text is fine."
                      confirmed: "Your appointment on {day} at {time} is confirmed."
                """.formatted(SITE, NUMBER);
    }
}
