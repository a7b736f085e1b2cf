/** E-mails to a site and to the operator: texts that stand on no case, records that could not be handled. */
@NullMarked
package org.casewire.notification.mail;

import org.jspecify.annotations.NullMarked;
