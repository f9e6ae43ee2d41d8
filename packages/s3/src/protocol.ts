// What a distributed Map run says to an object store is part of the kernel, so that neither needs to know the other.
export {
  ITEMS_ADDRESS,
  RESULTS_ADDRESS,
  type ItemReader,
  type ItemsPage,
  type ReadItemsRequest,
  type ResultRecord,
  type ResultStatus,
  type ResultsWritten,
  type ResultWriter,
  type ResultWriterDetails,
  type WriteManifestRequest,
  type WriteRecordsRequest,
  type WriteResultsRequest,
  type WriterConfig,
} from '@interstate/kernel';
