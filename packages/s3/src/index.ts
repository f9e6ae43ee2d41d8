// What a distributed Map run says to the object store, and hears.
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
} from './protocol.ts';
