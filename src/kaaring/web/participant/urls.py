"""Addresses of participants' own pages."""

from django.urls import include, path

from kaaring.web.participant import enquiries, home, performances, report, results, weeks

app_name = "participant"
_of_participant = [
    path("", results.overview, name="overview"),
    path("areas/", results.areas, name="areas"),
    path("performances/", performances.performances, name="performances"),
    path("weeks/", weeks.weeks, name="weeks"),
    path("channels/", results.channels, name="channels"),
    path("enquiries/", enquiries.enquiries, name="enquiries"),
    path("enquiries/<slug:public_id>/", enquiries.enquiry, name="enquiry"),
    path("report/", report.report, name="report"),
    path("report/<slug:language>.pdf", report.report_pdf, name="report_pdf"),
]
urlpatterns = [
    path("", home.home, name="home"),
    path("<slug:programme>/<slug:edition>/<slug:participant>/", include(_of_participant)),
]
