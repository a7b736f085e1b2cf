/** What this instance has heard on sms.inbound lately, whoever published it: the texts known, the conversations answered. */
@NullMarked
package org.casewire.ingest.heard;

import org.jspecify.annotations.NullMarked;
