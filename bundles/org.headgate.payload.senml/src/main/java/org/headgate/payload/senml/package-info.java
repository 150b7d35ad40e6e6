/** SenML, RFC 8428: the formats {@code senml} and {@code senml-cbor}, one pack a batch. */
package org.headgate.payload.senml;
