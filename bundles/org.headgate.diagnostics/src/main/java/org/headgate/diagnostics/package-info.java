/** What the machine has been doing in the last 30 days, kept locally, and the support bundle. */
package org.headgate.diagnostics;
