"""What a participant's report and own pages say: figures from the published run, details from the counted enquiries."""
