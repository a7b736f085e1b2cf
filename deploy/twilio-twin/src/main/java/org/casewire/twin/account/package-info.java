/** The accounts the twin plays Twilio for, as the configuration file names them. */
@NullMarked
package org.casewire.twin.account;

import org.jspecify.annotations.NullMarked;
