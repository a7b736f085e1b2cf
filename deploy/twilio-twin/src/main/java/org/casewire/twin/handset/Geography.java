package org.casewire.twin.handset;

import org.casewire.twin.http.Form;

/** The place names Twilio sends along with a number: known for the country, else empty. */
final class Geography {

    private Geography() {}

    static Form add(Form form, String whose, String number) {
        return form.add(whose + "Country", number.startsWith("+1") ? "US" : "")
                .add(whose + "State", "")
                .add(whose + "City", "")
                .add(whose + "Zip", "");
    }
}
