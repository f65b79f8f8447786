// Package update owns MongoDB's update documents: parsing them, and making a document's next version from its bytes.
// Its callers own finding the document, keeping the result, and whether a filter that found nothing inserts.
// A document is either changed by every operator of an update or left as it was.
package update
